using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Headroom.Audit.Comparisons.Broadcasts;

/// <summary>
/// Bytes of the objects reachable from values, each counted once, by the layout of a 64-bit runtime: an object is a header of 16 bytes and its
/// fields, an array a header of 24 and its elements, references are 8 bytes, all rounded up to 8. Functions and the excluded types are not followed.
/// </summary>
internal sealed class StateSize(params Type[] excluded)
{
    private const int ObjectHeader = 16;
    private const int ArrayHeader = 24;
    private static readonly ConcurrentDictionary<Type, (int Size, FieldInfo[] References)> Layouts = new();

    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly Stack<object> _open = new();

    public long Bytes { get; private set; }

    /// <summary>Counts what the fields of a value lead to, not the value itself.</summary>
    public void AddFieldsOf<T>(T value)
        where T : struct
    {
        PushReferences(value, typeof(T));
        while (_open.TryPop(out object? item))
        {
            Add(item);
        }
    }

    private void Add(object item)
    {
        Type type = item.GetType();
        if (item is not Array array)
        {
            Bytes += type == typeof(string) ? ObjectHeader + 8 + (2L * ((string)item).Length) : Up(ObjectHeader + Layout(type).Size);
            if (type != typeof(string))
            {
                PushReferences(item, type);
            }

            return;
        }

        Type element = type.GetElementType()!;
        Bytes += Up(ArrayHeader + (array.LongLength * SizeOf(element)));
        if (!element.IsValueType)
        {
            foreach (object? inner in array)
            {
                Push(inner);
            }
        }
        else if (Layout(element).References.Length > 0)
        {
            foreach (object? inner in array)
            {
                PushReferences(inner!, element);
            }
        }
    }

    private void PushReferences(object holder, Type type)
    {
        foreach (FieldInfo field in Layout(type).References)
        {
            object? value = field.GetValue(holder);
            if (value is not null && field.FieldType.IsValueType)
            {
                PushReferences(value, field.FieldType);
            }
            else
            {
                Push(value);
            }
        }
    }

    private void Push(object? item)
    {
        if (item is not null and not Delegate and not Type && !excluded.Contains(item.GetType()) && _seen.Add(item))
        {
            _open.Push(item);
        }
    }

    /// <summary>The size of a type's fields, and those that are references or hold some.</summary>
    private static (int Size, FieldInfo[] References) Layout(Type type) => Layouts.GetOrAdd(type, t =>
    {
        if (t.IsPrimitive || t.IsEnum || t.IsPointer)
        {
            return (SizeOf(t), []);
        }

        var fields = new List<FieldInfo>();
        for (Type? level = t; level is not null && level != typeof(object) && level != typeof(ValueType); level = level.BaseType)
        {
            fields.AddRange(level.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly));
        }

        int size = t.IsValueType ? SizeOf(t) : fields.Sum(f => SizeOf(f.FieldType));
        return (size, [.. fields.Where(f => !f.FieldType.IsPointer && (!f.FieldType.IsValueType || Layout(f.FieldType).References.Length > 0))]);
    });

    private static int SizeOf(Type type) => !type.IsValueType ? 8
        : (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;

    private static long Up(long bytes) => (bytes + 7) / 8 * 8;
}
