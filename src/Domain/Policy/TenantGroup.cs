using System;

namespace IntuneExchangeConnector.Domain.Policy;

/// <summary>A group of the tenant.</summary>
/// <param name="Id">Its object id.</param>
/// <param name="DisplayName">Its name for people, fit for one line; several groups may have the same.</param>
public sealed record TenantGroup(Guid Id, string DisplayName);
