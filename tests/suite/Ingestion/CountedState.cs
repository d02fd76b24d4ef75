using System.Text.Json.Nodes;

namespace Splitrail.Tests.Suite.Ingestion;

/// <summary>All that was counted, as text: two runs are equal to the last bit when their texts are.</summary>
internal static class CountedState
{
    public static async Task<string> OfAsync(HttpClient http, string experiment = ShopHistory.Experiment)
    {
        var sums = await http.GetStringAsync($"/v1/experiments/{experiment}/sums");
        var quality = JsonNode.Parse(await http.GetStringAsync($"/v1/experiments/{experiment}/quality"))!.AsObject();
        quality.Remove("updated");
        quality.Remove("complete_until");
        // An exposure that is repeated with an earlier one in between is accepted twice; people and sums are not.
        quality.Remove("accepted");
        return $"{sums.Replace("},{", "},\n{", StringComparison.Ordinal)}\n{await ShownAsync(http, experiment)}\n{quality.ToJsonString()}";
    }

    /// <summary>The sums over people alone: answers are counted by arm as they come, without who.</summary>
    public static async Task<string> PeopleAsync(HttpClient http)
    {
        var sums = JsonNode.Parse(await http.GetStringAsync($"/v1/experiments/{ShopHistory.Experiment}/sums"))!;
        foreach (var cell in sums["cells"]!.AsArray().Where(static cell => (string)cell!["metric"]! is "fallback_share" or "empty_share" or "slow_share" or "latency_p99"))
            cell!["sums"] = "";
        return $"{sums.ToJsonString()}\n{await ShownAsync(http, ShopHistory.Experiment)}";
    }

    /// <summary>How often each item was shown in each arm.</summary>
    private static Task<string> ShownAsync(HttpClient http, string experiment) => http.GetStringAsync($"/v1/experiments/{experiment}/shown?limit=10000");
}
