using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Prerequisites;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Intune;
using IntuneExchangeConnector.Engine.Prerequisites.Network;

namespace IntuneExchangeConnector.Engine.Prerequisites.Checks;

/// <summary>Whether what sends notices answers. A request for a password is an answer: nobody signs in here.</summary>
internal sealed class MailChecks(INetworkProbe network)
{
    public async IAsyncEnumerable<PrerequisiteCheck> RunAsync(ConnectorSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (autodiscover, services) = (Requirements.Autodiscover, Requirements.ExchangeWebServices);
        if (settings.ExchangeWebServiceUrl is { } address)
        {
            yield return autodiscover.Skipped(address.Host, "The address of Exchange Web Services is configured.");
            yield return await AskAsync(services, address, "Check the address: Get-WebServicesVirtualDirectory | Format-List InternalUrl, ExternalUrl; then Set-IntuneExchangeConnector -ExchangeWebServiceUrl.", cancellationToken).ConfigureAwait(false);
        }
        else if (settings.NotificationMailbox is { } mailbox)
        {
            yield return await DiscoverAsync(autodiscover, mailbox.Substring(mailbox.LastIndexOf('@') + 1), cancellationToken).ConfigureAwait(false);
            yield return services.Skipped(mailbox, "Autodiscover tells the address when a notice is sent.");
        }
        else
        {
            const string Why = "No notices are sent: neither a notification mailbox nor an address is configured.";
            yield return autodiscover.Skipped("notices", Why);
            yield return services.Skipped("notices", Why);
        }
    }

    private async Task<PrerequisiteCheck> DiscoverAsync(Requirement row, string domain, CancellationToken cancellationToken)
    {
        PrerequisiteCheck? last = null;
        foreach (var host in (string[])["autodiscover." + domain, domain])
        {
            if (!Uri.TryCreate($"https://{host}/autodiscover/autodiscover.xml", UriKind.Absolute, out var address)) continue;
            last = await AskAsync(row, address, $"Publish autodiscover.{domain} in DNS, or pass -ExchangeWebServiceUrl.", cancellationToken).ConfigureAwait(false);
            if (last.Status == PrerequisiteStatus.Passed) return last;
        }

        return last ?? row.Failed(domain, "This is no domain.", "Correct -NotificationMailbox.");
    }

    private async Task<PrerequisiteCheck> AskAsync(Requirement row, Uri address, string remedy, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await network.AskAsync(address, cancellationToken).ConfigureAwait(false);
            var proof = string.Format(CultureInfo.InvariantCulture, "HTTP {0}.", answer.Status);
            return answer.Status is 200 or 401 ? row.Passed(address.AbsoluteUri, proof) : row.Failed(address.AbsoluteUri, proof, remedy);
        }
        catch (NetworkFault fault)
        {
            return row.Failed(address.AbsoluteUri, ServerText.Clean(fault.Message, 300), remedy);
        }
    }
}
