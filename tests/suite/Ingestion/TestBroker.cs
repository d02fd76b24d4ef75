using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Splitrail.Tests.Suite.Ingestion;

/// <summary>Delivers messages in bulk as the sidecar does, several calls at once, and delivers again whatever is not answered with SUCCESS or DROP.</summary>
internal sealed class TestBroker(HttpClient http, int inFlight = 4, int perCall = 100)
{
    /// <summary>Messages that are done with.</summary>
    public int Done { get; private set; }

    /// <summary>Until every message is done with.</summary>
    public async Task DeliverAsync(IReadOnlyList<BrokerMessage> messages, CancellationToken cancellationToken = default)
    {
        var waiting = new Queue<BrokerMessage[]>(messages.Chunk(perCall).SelectMany(static chunk => chunk.GroupBy(static one => one.Route).Select(static same => same.ToArray())));
        List<Task<(BrokerMessage[] Sent, BrokerMessage[] Again)>> running = [];
        while (waiting.Count > 0 || running.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            while (running.Count < inFlight && waiting.TryDequeue(out var next))
                running.Add(CallAsync(next, cancellationToken));
            var ended = await Task.WhenAny(running);
            running.Remove(ended);
            var (sent, again) = await ended;
            Done += sent.Length - again.Length;
            if (again.Length == 0)
                continue;
            waiting.Enqueue(again);
            await Task.Delay(20, cancellationToken);
        }
    }

    private async Task<(BrokerMessage[] Sent, BrokerMessage[] Again)> CallAsync(BrokerMessage[] messages, CancellationToken cancellationToken)
    {
        var body = new StringBuilder("""{"id":"bulk","entries":[""");
        for (var i = 0; i < messages.Length; i++)
            body.Append(i == 0 ? "" : ",").Append($$$"""{"entryId":"{{{i}}}","event":{"id":"{{{messages[i].Id}}}","specversion":"1.0","data":{{{messages[i].Data}}}}}""");
        using var content = new StringContent(body.Append("]}").ToString());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        try
        {
            using var answer = await http.PostAsync(messages[0].Route, content, cancellationToken);
            var statuses = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken))!["statuses"]!.AsArray();
            return (messages, [.. statuses.Where(static status => (string)status!["status"]! == "RETRY").Select(status => messages[int.Parse((string)status!["entryId"]!)])]);
        }
        catch (Exception lost) when (lost is HttpRequestException || (lost is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // No answer, or none in time: a broker cannot know what became of them, and sends them again.
            return (messages, messages);
        }
    }
}
