using System;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>The person behind a delegated token.</summary>
internal sealed record SignedInUser(Guid Id, string UserPrincipalName);
