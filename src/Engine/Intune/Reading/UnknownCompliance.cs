using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Runs;

namespace IntuneExchangeConnector.Engine.Intune.Reading;

/// <summary>Tells of words for compliance that this version does not know, once for a read: what decides on such devices is a setting that was made for others.</summary>
internal static class UnknownCompliance
{
    private const int WordsShown = 5;

    /// <summary>Tells of them where there are any.</summary>
    /// <param name="devices">The managed devices. Ones that are remembered from another run do not carry the word any more.</param>
    /// <param name="policy">The policy, which decides on them.</param>
    /// <param name="console">Is told.</param>
    public static void Tell(IReadOnlyList<ManagedDevice> devices, AccessPolicy policy, ISyncConsole console)
    {
        var count = 0;
        var words = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var device in devices)
        {
            if (device.ComplianceText is not { } word) continue;
            count++;
            words.Add(word);
        }

        if (count == 0) return;
        var named = string.Join(", ", words.Take(WordsShown)) + (words.Count > WordsShown ? ", …" : string.Empty);
        console.Warning(FormattableString.Invariant(
            $"Managed devices whose compliance Graph tells in a word that this version does not know: {count} ({named}). MissingCompliancePolicy decides on them: {policy.MissingCompliancePolicy}."));
    }
}
