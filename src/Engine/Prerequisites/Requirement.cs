using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Prerequisites;

namespace IntuneExchangeConnector.Engine.Prerequisites;

/// <summary>One kind of check: its id, what it is about, and whether an installation stops at its failure.</summary>
/// <param name="Id">One of <see cref="PrerequisiteIds"/>.</param>
/// <param name="Area">What it is about.</param>
/// <param name="Name">Its name, for people.</param>
/// <param name="IsRequired">True when an installation stops at its failure.</param>
internal sealed record Requirement(string Id, PrerequisiteArea Area, string Name, bool IsRequired)
{
    public PrerequisiteCheck Passed(string target, string proof) => Row(target, PrerequisiteStatus.Passed, proof, string.Empty);

    public PrerequisiteCheck Warning(string target, string proof, string remedy) => Row(target, PrerequisiteStatus.Warning, proof, remedy);

    public PrerequisiteCheck Failed(string target, string proof, string remedy) => Row(target, PrerequisiteStatus.Failed, proof, remedy);

    public PrerequisiteCheck Failed(string target, ConnectorException failure) => Failed(target, $"{failure.ErrorId}: {failure.Message}", failure.Remedy);

    public PrerequisiteCheck Skipped(string target, string why, string remedy = "") => Row(target, PrerequisiteStatus.Skipped, why, remedy);

    private PrerequisiteCheck Row(string target, PrerequisiteStatus status, string proof, string remedy) => new()
    {
        Id = Id,
        Area = Area,
        Check = Name,
        Target = target,
        Status = status,
        Proof = proof,
        Remedy = remedy,
        IsRequired = IsRequired,
    };
}
