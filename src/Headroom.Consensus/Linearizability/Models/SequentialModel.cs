using Headroom.Consensus.Histories;

namespace Headroom.Consensus.Linearizability.Models;

/// <summary>A model under its name: what the registry lists.</summary>
public abstract class SequentialModel
{
    private protected SequentialModel(string name, string summary) => (Name, Summary) = (name, summary);

    /// <summary>As users write it.</summary>
    public string Name { get; }

    /// <summary>One line for people.</summary>
    public string Summary { get; }

    /// <summary>The operations that the object takes, and what they are called; of several names of one kind the first is the one that is printed.</summary>
    public abstract IReadOnlyList<(string Name, OperationKind Kind)> Operations { get; }

    /// <exception cref="InvalidOperationException">The object takes no such operation.</exception>
    public string NameOf(OperationKind kind) => Operations.First(o => o.Kind == kind).Name;

    /// <summary>A checker for histories of this object. It keeps its memory between histories and is not to be shared between threads.</summary>
    public abstract LinearizabilityChecker Checker(LinearizabilityOptions? options = null);

    public override string ToString() => Name;
}

/// <summary>A registered model.</summary>
public sealed class SequentialModel<TModel>(string name, string summary) : SequentialModel(name, summary)
    where TModel : struct, ISequentialModel<TModel>
{
    public override IReadOnlyList<(string Name, OperationKind Kind)> Operations => TModel.Operations;

    public override LinearizabilityChecker Checker(LinearizabilityOptions? options = null) => new LinearizabilityChecker<TModel>(options ?? new LinearizabilityOptions());
}
