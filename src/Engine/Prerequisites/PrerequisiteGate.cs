using System.Collections.Generic;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Prerequisites;
using IntuneExchangeConnector.Domain.Runs;

namespace IntuneExchangeConnector.Engine.Prerequisites;

/// <summary>Lets an installation go on while nothing that it cannot do without has failed.</summary>
/// <param name="console">Hears of what passed, and is warned of what should be looked at.</param>
internal sealed class PrerequisiteGate(ISyncConsole console)
{
    /// <summary>Takes in rows that are there.</summary>
    /// <param name="rows">The rows.</param>
    /// <exception cref="ConnectorException">PrerequisiteFailed.</exception>
    public void Pass(IEnumerable<PrerequisiteCheck> rows)
    {
        foreach (var row in rows) Pass(row);
    }

    /// <summary>Takes in rows as they are proven.</summary>
    /// <param name="rows">The rows.</param>
    /// <returns>Completes at the last one.</returns>
    /// <exception cref="ConnectorException">PrerequisiteFailed.</exception>
    public async Task PassAsync(IAsyncEnumerable<PrerequisiteCheck> rows)
    {
        await foreach (var row in rows.ConfigureAwait(false)) Pass(row);
    }

    /// <summary>Takes in a row.</summary>
    /// <param name="row">The row.</param>
    /// <exception cref="ConnectorException">PrerequisiteFailed.</exception>
    public void Pass(PrerequisiteCheck row)
    {
        var told = $"{row.Check} ({row.Target}): {row.Proof}";
        switch (row.Status)
        {
            case PrerequisiteStatus.Failed when row.IsRequired:
                throw new ConnectorException(
                    ErrorIds.PrerequisiteFailed,
                    ErrorKind.NotSupported,
                    row.Target,
                    $"{told} Nothing was installed.",
                    row.Remedy + (row.Remedy.EndsWith(".", System.StringComparison.Ordinal) ? " " : ". ") + "Test-ConnectorPrerequisite shows every check; -SkipPrerequisite installs without them.");
            case PrerequisiteStatus.Failed or PrerequisiteStatus.Warning:
                console.Warning($"{told} {row.Remedy}");
                break;
            default:
                console.Verbose($"{row.Status}: {told}");
                break;
        }
    }
}
