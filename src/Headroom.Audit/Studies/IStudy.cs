using Headroom.Audit.Reading;

namespace Headroom.Audit.Studies;

/// <summary>The code that produces the findings of one kind of activity. Derive from <see cref="Study{TInput}"/>.</summary>
public interface IStudy
{
    KindSchema Schema { get; }

    /// <summary>Validates everything that can be validated without running, and returns the run.</summary>
    /// <exception cref="InputException">The activity is wrong.</exception>
    Func<StudyContext, StudyResult> Prepare(Section activity);
}

/// <summary>
/// A study reads its activity into a typed input (all validation happens there: <c>headroom check</c> stops after it), then runs. It holds
/// no algorithm of its own: it compares what the subjects compute.
/// </summary>
public abstract class Study<TInput> : IStudy
    where TInput : notnull
{
    public abstract KindSchema Schema { get; }

    public Func<StudyContext, StudyResult> Prepare(Section activity)
    {
        TInput input = Read(activity);
        return context => Run(input, context);
    }

    /// <summary>Reads the section, opens the files it names, checks the rules between keys.</summary>
    /// <exception cref="InputException">With the place, through <see cref="Section.Fail"/>.</exception>
    protected abstract TInput Read(Section activity);

    /// <summary>Runs the strategies and evaluates the bounds. Deterministic for a seed, save what carries provenance Executed.</summary>
    protected abstract StudyResult Run(TInput input, StudyContext context);
}
