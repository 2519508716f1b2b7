using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Planning;

namespace IntuneExchangeConnector.Domain.Tests.Builders;

/// <summary>The same organisation with the rows of every list in another order.</summary>
internal static class Shuffled
{
    public static PlanInput Of(PlanInput input, int seed)
    {
        var random = new Random(seed);
        return input with
        {
            Exchange = input.Exchange with
            {
                Partnerships = Mix(input.Exchange.Partnerships),
                Mailboxes = Mix(input.Exchange.Mailboxes.Select(mailbox => mailbox with
                {
                    SmtpAddresses = Mix(mailbox.SmtpAddresses),
                    AllowedDeviceIds = Mix(mailbox.AllowedDeviceIds),
                    BlockedDeviceIds = Mix(mailbox.BlockedDeviceIds),
                })),
                Rules = Mix(input.Exchange.Rules),
                Policies = input.Exchange.Policies is { } policies ? Mix(policies) : null,
            },
            Tenant = input.Tenant with
            {
                ManagedDevices = Mix(input.Tenant.ManagedDevices),
                Users = Mix(input.Tenant.Users.Select(user => user with { SmtpAddresses = Mix(user.SmtpAddresses) })),
                IncludedUsers = input.Tenant.IncludedUsers is { } included ? Mix(included) : null,
                ExcludedUsers = Mix(input.Tenant.ExcludedUsers),
            },
            Wanted = input.Wanted with { Rules = Mix(input.Wanted.Rules), Policies = Mix(input.Wanted.Policies) },
            Owned = Mix(input.Owned),
            Ledger = new Ledger(Mix(input.Ledger.Mailboxes.SelectMany(input.Ledger.Of))),
        };

        List<T> Mix<T>(IEnumerable<T> rows)
        {
            var mixed = rows.ToArray();
            random.Shuffle(mixed);
            return [.. mixed];
        }
    }
}
