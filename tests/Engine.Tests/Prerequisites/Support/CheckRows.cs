using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Prerequisites;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Prerequisites.Support;

internal static class CheckRows
{
    public static async Task<IReadOnlyList<PrerequisiteCheck>> ToListAsync(this IAsyncEnumerable<PrerequisiteCheck> rows)
    {
        List<PrerequisiteCheck> list = [];
        await foreach (var row in rows) list.Add(row);
        return list;
    }

    public static PrerequisiteCheck Of(this IEnumerable<PrerequisiteCheck> rows, string id, string? target = null) =>
        Assert.Single(rows, row => row.Id == id && (target is null || row.Target == target));

    /// <summary>What every row owes to whoever reads it.</summary>
    public static void AssertComplete(this IEnumerable<PrerequisiteCheck> rows) => Assert.All(rows, row =>
    {
        Assert.NotEmpty(row.Target);
        Assert.NotEmpty(row.Proof);
        if (row.Status is PrerequisiteStatus.Failed or PrerequisiteStatus.Warning) Assert.NotEmpty(row.Remedy);
        Assert.DoesNotContain(row.Proof + row.Target + row.Remedy, character => char.IsControl(character));
        if (row.Status == PrerequisiteStatus.Passed) Assert.Empty(row.Remedy);
    });

    public static string Short(this IEnumerable<PrerequisiteCheck> rows) => string.Join("\n", rows.Select(row => $"{row.Status} {row.Id} {row.Target}: {row.Proof} -> {row.Remedy}"));
}
