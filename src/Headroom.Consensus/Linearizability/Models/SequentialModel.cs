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

    /// <summary>The kinds of operations that the object takes.</summary>
    public abstract IReadOnlyList<OperationKind> Kinds { get; }

    /// <summary>A checker for histories of this object. It keeps its memory between histories and is not to be shared between threads.</summary>
    public abstract LinearizabilityChecker Checker(LinearizabilityOptions? options = null);

    public override string ToString() => Name;
}

/// <summary>A registered model.</summary>
public sealed class SequentialModel<TModel>(string name, string summary) : SequentialModel(name, summary)
    where TModel : struct, ISequentialModel<TModel>
{
    public override IReadOnlyList<OperationKind> Kinds => TModel.Kinds;

    public override LinearizabilityChecker Checker(LinearizabilityOptions? options = null) => new LinearizabilityChecker<TModel>(options ?? new LinearizabilityOptions());
}
