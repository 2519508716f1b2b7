using System.Collections.Generic;

namespace IntuneExchangeConnector.Sandbox.Exchange;

/// <summary>One Exchange command that a session executed.</summary>
/// <param name="Name">The command's name.</param>
/// <param name="Parameters">Names of the bound parameters, in ordinal order.</param>
/// <param name="Identity">The object that <c>-Identity</c> or <c>-Mailbox</c> named; empty for none.</param>
/// <param name="Server">Short name of the server that executed it.</param>
public sealed record ExecutedCommand(string Name, IReadOnlyList<string> Parameters, string Identity, string Server);
