namespace Splitrail.ExperimentSvc.Pages.Operation;

/// <summary>The labels of what was turned away or lost, in words: whom it concerns and why.</summary>
internal static class LimitWords
{
    private static readonly Dictionary<string, string> s_words = new(StringComparer.Ordinal)
    {
        ["DeadlineExceeded"] = "no time was left", ["Timeout"] = "it took too long", ["CircuitOpen"] = "it is spared after many failures", ["AppDown"] = "it was not up", ["UnknownApp"] = "nobody knows it",
        ["SidecarAway"] = "the sidecar was away", ["AppError"] = "it answered with an error", ["BadAnswer"] = "its answer could not be read",
        ["1"] = "without the ranker", ["2"] = "without personal candidates", ["3"] = "the gateway's own popular list", ["4"] = "an empty list",
    };

    private static readonly (string End, string Words)[] s_causes =
    [
        ("_deadline_exceeded", "had no time left"), ("_timeout", "took too long"), ("_circuit_open", "is spared after many failures"), ("_app_down", "was not up"), ("_sidecar_away", "could not be reached"),
        ("_bad_answer", "could not be read"), ("_app_error", "answered with an error"),
    ];

    public static string Of(IReadOnlyDictionary<string, string> labels) => string.Join(": ", labels.Values.Select(Of));

    /// <summary><c>context_deadline_exceeded</c> is "context had no time left"; what is not known stays as it is.</summary>
    public static string Of(string label)
    {
        if (s_words.TryGetValue(label, out var words))
            return words;
        foreach (var (end, text) in s_causes)
        {
            if (label.EndsWith(end, StringComparison.Ordinal))
                return $"{Shown.Words(label[..^end.Length])} {text}";
        }

        return Shown.Words(label);
    }
}
