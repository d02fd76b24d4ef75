using Splitrail.Contracts;

namespace Splitrail.Local;

/// <summary><c>APP=N</c> on the command line.</summary>
internal static class ReplicaCount
{
    /// <returns>Null when the text is no such pair.</returns>
    public static (string AppId, int Count)? Parse(string text) =>
        text.Split('=') is [var appId, var number] && AppIds.All.Contains(appId) && int.TryParse(number, out var count) ? (appId, count) : null;

    /// <summary>The last one said of each service.</summary>
    public static IReadOnlyDictionary<string, int> Collect(IEnumerable<string> texts) =>
        texts.Select(Parse).OfType<(string AppId, int Count)>().GroupBy(static one => one.AppId).ToDictionary(static same => same.Key, static same => same.Last().Count);
}
