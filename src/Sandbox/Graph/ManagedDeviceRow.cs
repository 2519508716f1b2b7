using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>A managed device, its owner and how much the client understands.</summary>
internal readonly record struct ManagedDeviceRow(SandboxManagedDevice Device, SandboxUser? User, bool KnowsNewEnumMembers);
