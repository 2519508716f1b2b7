using System;

namespace IntuneExchangeConnector.Domain.Errors;

/// <summary>What kind of failure it is; the module maps it to PowerShell's error categories.</summary>
public enum ErrorKind
{
    /// <summary>A parameter or a setting that cannot be right.</summary>
    InvalidInput,

    /// <summary>Something named does not exist.</summary>
    NotFound,

    /// <summary>Something that must be the only one exists already.</summary>
    AlreadyExists,

    /// <summary>Signing in failed.</summary>
    Authentication,

    /// <summary>Signed in, and the right is missing.</summary>
    PermissionDenied,

    /// <summary>A server could not be reached, or went away.</summary>
    Unreachable,

    /// <summary>A server asks to slow down, and kept asking.</summary>
    Throttled,

    /// <summary>A file, an answer or a state that cannot be read.</summary>
    InvalidData,

    /// <summary>Somebody else holds it.</summary>
    Busy,

    /// <summary>A disk is full, or a folder cannot be written.</summary>
    Storage,

    /// <summary>The server or the system does not offer it.</summary>
    NotSupported,

    /// <summary>A server answered with a failure of its own.</summary>
    ServerFault,
}

/// <summary>
/// A failure that people are told about: a stable id, what it concerns, what happened, and what to do next. It never carries a secret,
/// and text of servers appears in it only as text.
/// </summary>
public sealed class ConnectorException : Exception
{
    /// <summary>Creates a failure.</summary>
    /// <param name="errorId">Stable id, one of <see cref="ErrorIds"/>.</param>
    /// <param name="kind">What kind it is.</param>
    /// <param name="target">What it concerns: a server, a file, a mailbox, a parameter's value.</param>
    /// <param name="message">What happened, in a sentence.</param>
    /// <param name="remedy">What to do next, in a sentence.</param>
    /// <param name="inner">The cause; null when there is none.</param>
    public ConnectorException(string errorId, ErrorKind kind, string target, string message, string remedy, Exception? inner = null)
        : base(message, inner)
    {
        ErrorId = errorId;
        Kind = kind;
        Target = target;
        Remedy = remedy;
    }

    /// <summary>Stable id, for scripts.</summary>
    public string ErrorId { get; }

    /// <summary>What kind it is.</summary>
    public ErrorKind Kind { get; }

    /// <summary>What it concerns.</summary>
    public string Target { get; }

    /// <summary>What to do next.</summary>
    public string Remedy { get; }
}
