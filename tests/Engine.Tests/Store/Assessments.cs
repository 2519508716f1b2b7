using System.Runtime.CompilerServices;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Matching;
using IntuneExchangeConnector.Domain.Planning;

namespace IntuneExchangeConnector.Engine.Tests.Store;

/// <summary>Makes assessments as a plan makes them, without a plan.</summary>
internal static class Assessments
{
    public static DeviceAssessment Make(
        EasPartnership partnership,
        Mailbox? mailbox,
        TenantUser? owner = null,
        ManagedDevice? device = null,
        AccessReason reason = AccessReason.Compliant,
        AccessDecision decision = AccessDecision.Allow,
        AccessConflict conflict = AccessConflict.None)
    {
        var assessment = New(
            partnership,
            mailbox,
            new UserMatch(owner, owner is null ? UserJoin.None : UserJoin.DistinguishedName),
            device is null ? DeviceMatch.Nothing : new DeviceMatch(DeviceJoin.Matched, device, [device]));
        SetDecision(assessment, decision);
        SetReason(assessment, reason);
        SetConflict(assessment, conflict);
        return assessment;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern DeviceAssessment New(EasPartnership partnership, Mailbox? mailbox, UserMatch owner, DeviceMatch device);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_Decision")]
    private static extern void SetDecision(DeviceAssessment assessment, AccessDecision value);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_Reason")]
    private static extern void SetReason(DeviceAssessment assessment, AccessReason value);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_Conflict")]
    private static extern void SetConflict(DeviceAssessment assessment, AccessConflict value);
}
