using System;

namespace IntuneExchangeConnector.Engine.Prerequisites.Computer;

/// <summary>Whether a computer belongs to a domain.</summary>
/// <param name="IsJoined">True for a member.</param>
/// <param name="Name">The domain, or the workgroup.</param>
internal sealed record DomainMembership(bool IsJoined, string Name);

/// <summary>How the domain answers the computer.</summary>
/// <param name="Code">Windows' code; 0 for a trust that holds.</param>
/// <param name="DomainController">Who answered; null where nobody did.</param>
internal sealed record DomainTrust(int Code, string? DomainController);

/// <summary>The proxy that WinHTTP, and so WinRM, is configured with.</summary>
/// <param name="Proxy">Its list of proxies as Windows keeps it; null for none.</param>
/// <param name="Bypass">Servers that are reached without it, parted by semicolons; null for none.</param>
internal sealed record WinHttpProxy(string? Proxy, string? Bypass);

/// <summary>What is known of this computer. A member that only Windows can answer is asked on Windows alone.</summary>
internal interface IHostFacts
{
    /// <summary>True on Windows.</summary>
    bool IsWindows { get; }

    /// <summary>The system as it calls itself.</summary>
    string OperatingSystem { get; }

    /// <summary>The runtime as it calls itself.</summary>
    string Runtime { get; }

    /// <summary>Version of the runtime; 4.0 and its revisions for .NET Framework, whose release says more.</summary>
    Version RuntimeVersion { get; }

    /// <summary>True where the process runs on .NET Framework.</summary>
    bool IsFramework { get; }

    /// <summary>Memory of the computer, or of the container, in bytes; null where it cannot be told.</summary>
    long? Memory { get; }

    /// <summary>The account of this process, <c>DOMAIN\name</c> on Windows.</summary>
    string Account { get; }

    /// <summary>The computer's membership; Windows only.</summary>
    /// <returns>The membership; null where Windows does not tell.</returns>
    DomainMembership? Domain();

    /// <summary>Proves the trust with the computer's domain; Windows only.</summary>
    /// <param name="domain">The domain.</param>
    /// <returns>How it answered.</returns>
    DomainTrust Trust(string domain);

    /// <summary>The proxy of WinHTTP; Windows only.</summary>
    /// <returns>The proxy; null where Windows does not tell.</returns>
    WinHttpProxy? Proxy();

    /// <summary>Free space for this account where a folder lies or would lie, in bytes.</summary>
    /// <param name="folder">Full path.</param>
    /// <returns>The space; null where it cannot be told.</returns>
    long? FreeSpace(string folder);

    /// <summary>Tries to write where a folder lies or would lie, and leaves nothing behind.</summary>
    /// <param name="folder">Full path.</param>
    /// <returns>Null when it can be written; otherwise what the system said.</returns>
    string? WriteFault(string folder);
}
