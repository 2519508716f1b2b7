using System.IO;
using System.Text.Json;

namespace IntuneExchangeConnector.Sandbox.Tour;

/// <summary>What the administrator of the tour knows: where things are, and who is who. It holds a password, so it reaches the shell's process through a pipe and never lies in a file.</summary>
internal sealed record TourStage
{
    public required string Module { get; init; }

    public required string ExchangeUri { get; init; }

    public required string GraphEndpoint { get; init; }

    public required string LoginEndpoint { get; init; }

    public required string TenantId { get; init; }

    public required string ClientId { get; init; }

    public required string CertificatePath { get; init; }

    public required string CertificatePassword { get; init; }

    public required string MobileUsers { get; init; }

    public required string Exempt { get; init; }

    public required string Blocked { get; init; }

    public required string Allowed { get; init; }

    public static TourStage FromJson(string json) => JsonSerializer.Deserialize<TourStage>(json) ?? throw new InvalidDataException("The stage is empty.");

    public string ToJson() => JsonSerializer.Serialize(this);
}
