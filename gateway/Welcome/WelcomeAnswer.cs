namespace Splitrail.Gateway.Welcome;

/// <summary>Answer of <c>GET /</c>.</summary>
/// <param name="Name">Of the suite.</param>
/// <param name="Version">Of this build.</param>
/// <param name="Links">By name.</param>
/// <param name="Examples">Command lines that work.</param>
internal sealed record WelcomeAnswer(string Name, string Version, IReadOnlyDictionary<string, string> Links, IReadOnlyList<string> Examples)
{
    /// <param name="origin">Scheme and host as the caller sees them.</param>
    public static WelcomeAnswer For(string origin) => new(
        "Splitrail",
        typeof(WelcomeAnswer).Assembly.GetName().Version?.ToString(3) ?? "unknown",
        new Dictionary<string, string>
        {
            ["openapi"] = $"{origin}/openapi/v1.json",
            ["health"] = $"{origin}/health",
            ["metrics"] = $"{origin}/metrics",
            ["console"] = $"{origin}/console/",
            ["demo"] = $"{origin}/demo",
        },
        [
            $"curl -s '{origin}/users?limit=3'",
            $"curl -s {origin}/v1/recommendations -H 'Content-Type: application/json' -d '{{\"user_id\":\"guest-1\",\"num_items\":5}}'",
            $"curl -s '{origin}/v1/popular?num_items=5'",
        ]);
}
