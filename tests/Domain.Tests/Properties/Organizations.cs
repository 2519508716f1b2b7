using System;
using CsCheck;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Tests.Builders;

namespace IntuneExchangeConnector.Domain.Tests.Properties;

/// <summary>Runs a property over generated organisations. A failure prints the smallest one found and the seed that repeats it.</summary>
internal static class Organizations
{
    /// <summary>A thousand, or more where CsCheck_Iter says so.</summary>
    public static long Iterations => Math.Max(1000, Check.Iter);

    public static void All(Action<PlanInput, SyncPlan> property) =>
        OrganizationGen.Any.Sample(input => property(input, PlanBuilder.Build(input)), iter: Iterations, print: InputText.Of);

    public static void All(Gen<PlanInput> organizations, Action<PlanInput, SyncPlan> property) =>
        organizations.Sample(input => property(input, PlanBuilder.Build(input)), iter: Iterations, print: InputText.Of);

    /// <summary>Only full runs: the ones after which the default level is the wanted one.</summary>
    public static Gen<PlanInput> Full => OrganizationGen.Any.Select(static input => input with { IncludeSettings = true });
}
