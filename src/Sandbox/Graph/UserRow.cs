using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>A user as a client may see one: without the right to read users, all but the id is kept back.</summary>
internal readonly record struct UserRow(SandboxUser User, bool IsHidden);
