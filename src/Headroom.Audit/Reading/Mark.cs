namespace Headroom.Audit.Reading;

/// <summary>A place in a file: line and column count from 1; 0 where only the file is meant.</summary>
public readonly record struct Mark(string File, int Line, int Column)
{
    public override string ToString() => Line == 0 ? File : $"{File}:{Line}:{Column}";
}
