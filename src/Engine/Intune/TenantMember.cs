using System;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>A user that is a member of a group.</summary>
/// <param name="Id">Graph's id of the user.</param>
internal sealed record TenantMember(Guid Id);
