using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CsCheck;
using IntuneExchangeConnector.Engine.Intune;
using IntuneExchangeConnector.Engine.Timing;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Intune;

public sealed class GraphPageReaderTests
{
    private const string Sample = """
        {"@odata.context":{"deep":[1,{"value":[{"id":"no"}]}]},"@odata.count":3,
         "value":[{"id":"a","tags":["x",{"y":[]}]},{"id":"bé\ud83d\ude00"},7,{"name":"no id"}],
         "@odata.nextLink":"https://graph.test/v1.0/next?$skiptoken=1","value2":[{"id":"no"}]}
        """;

    [Fact]
    public async Task A_page_gives_its_rows_its_count_and_its_link()
    {
        var page = await ReadAsync(Sample);

        Assert.Equal(["a", "bé😀"], page.Rows);
        Assert.Equal(["row 3 of its page", "row 4 of its page"], page.Unreadable.Select(row => row.Identity));
        Assert.Equal((3L, 4, "https://graph.test/v1.0/next?$skiptoken=1"), (page.Count, page.Sent, page.NextLink));
    }

    [Fact]
    public async Task However_the_body_arrives_the_page_is_the_same() => await Gen.Int[1, 40].Array[1, 30].SampleAsync(async pieces =>
    {
        var page = await ReadAsync(Encoding.UTF8.GetBytes(Sample), pieces);
        Assert.Equal(["a", "bé😀"], page.Rows);
        Assert.Equal(2, page.Unreadable.Count);
        Assert.Equal("https://graph.test/v1.0/next?$skiptoken=1", page.NextLink);
    }, iter: 200);

    [Fact]
    public async Task A_body_cut_at_any_byte_is_never_taken_for_a_page()
    {
        var bytes = Encoding.UTF8.GetBytes(Sample.TrimEnd());
        for (var length = 0; length < bytes.Length; length++)
        {
            await Assert.ThrowsAsync<EndOfStreamException>(() => ReadAsync(bytes[..length], [17]));
        }
    }

    [Theory]
    [InlineData("<html>proxy</html>")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{}")]
    [InlineData("""{"value":{}}""")]
    [InlineData("""{"value":null}""")]
    [InlineData("""{"value":[],"value":[]}""")]
    [InlineData("""{"value":[]}{"value":[]}""")]
    [InlineData("""{"value":[],"@odata.nextLink":7}""")]
    [InlineData("""{"value":[{]}""")]
    [InlineData("""{"items":[]}""")]
    [InlineData("""{"value":[],"@odata.nextLink":"\ud800"}""")]
    public async Task What_is_no_page_is_not_taken_for_one(string body) => await Assert.ThrowsAnyAsync<JsonException>(() => ReadAsync(body));

    [Fact]
    public async Task A_byte_order_mark_and_blanks_at_the_end_do_no_harm() =>
        Assert.Equal(["a"], (await ReadAsync([0xEF, 0xBB, 0xBF, .. "{\"value\":[{\"id\":\"a\"}]}\r\n "u8], [2])).Rows);

    [Fact]
    public async Task An_empty_page_is_a_page()
    {
        var page = await ReadAsync("""{"value":[],"@odata.nextLink":null}""");

        Assert.Equal((0, null), (page.Sent, page.NextLink));
    }

    [Fact]
    public async Task A_row_larger_than_the_buffer_is_read_whole()
    {
        var id = new string('x', 1_000_000);

        Assert.Equal([id, "b"], (await ReadAsync($"{{\"value\":[{{\"id\":\"{id}\"}},{{\"id\":\"b\"}}]}}")).Rows);
    }

    [Fact]
    public async Task A_row_without_end_does_not_fill_the_memory() =>
        await Assert.ThrowsAsync<JsonException>(() => ReadAsync($"{{\"value\":[{{\"id\":\"{new string('x', 9_000_000)}\"}}]}}"));

    [Fact]
    public async Task Bytes_that_are_no_characters_spoil_their_row_only()
    {
        byte[] body = [.. "{\"value\":[{\"id\":\""u8, 0xC3, 0x28, .. "\"},{\"id\":\"b\"},{\"id\":\"\\ud800\"}]}"u8];

        var page = await ReadAsync(body, [1000]);

        Assert.Equal(["b"], page.Rows);
        Assert.Equal(2, page.Unreadable.Count);
    }

    private static Task<GraphPage<string>> ReadAsync(string body) => ReadAsync(Encoding.UTF8.GetBytes(body), [70_000]);

    private static async Task<GraphPage<string>> ReadAsync(byte[] body, int[] pieces)
    {
        using var response = new HttpResponseMessage { Content = new StreamContent(new PiecemealStream(body, pieces)) };
        using var watch = new IdleWatch(TimeProvider.System, Timeout.InfiniteTimeSpan, default);
        using var source = await GraphBody.OpenAsync(response, watch, "token");
        return await GraphPageReader<string>.ReadAsync(source, row => row.Required("id"));
    }

    private sealed class PiecemealStream(byte[] bytes, IReadOnlyList<int> pieces) : MemoryStream(bytes)
    {
        private int _reads;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, pieces[_reads++ % pieces.Count])], cancellationToken);
    }
}
