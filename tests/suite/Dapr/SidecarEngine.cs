using Splitrail.Local.Daprd;
using Xunit;

namespace Splitrail.Tests.Suite.Dapr;

/// <summary>
/// On what the cases run, by <c>SPLITRAIL_TEST_SIDECAR</c>: the embedded sidecar; <c>weakest</c>, the suite on the embedded one with the cluster's files; or <c>daprd</c>, real daprd
/// processes with a Redis. The cases and what they expect are the same.
/// </summary>
public static class SidecarEngine
{
    public const string Variable = "SPLITRAIL_TEST_SIDECAR";

    private static readonly string s_kind = Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" => "embedded",
        "embedded" or "weakest" or "daprd" => Environment.GetEnvironmentVariable(Variable)!,
        var other => throw new InvalidOperationException($"{Variable} is '{other}': use embedded, weakest or daprd."),
    };

    public static bool IsDaprd => s_kind == "daprd";

    /// <summary>Redis's semantics: of a real one, or those that the embedded sidecar takes on with the cluster's files.</summary>
    public static bool UsesClusterFiles => s_kind is "daprd" or "weakest";

    /// <summary>The words for an app nobody has. The recordings are of daprd with names from a file; with names in SQLite, as these tests run it, it says it otherwise.</summary>
    public static string NotFound(string appId) => IsDaprd ? "no host found with the given ID" : $"couldn't find service: {appId}";

    public static string Daprd => DaprdProgram.Find() ?? throw new InvalidOperationException($"{Variable} is daprd, but daprd was found neither by {DaprdProgram.Variable} nor on PATH.");

    public static string Redis => RedisServer.Find() ?? throw new InvalidOperationException($"{Variable} is daprd, but redis-server was not found on PATH.");
}

/// <summary>A behaviour of the embedded sidecar alone; docs/dapr.md has the table of differences.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EmbeddedFactAttribute : FactAttribute
{
    public EmbeddedFactAttribute(string reason) => Skip = SidecarEngine.IsDaprd ? reason : null;
}

/// <inheritdoc cref="EmbeddedFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EmbeddedTheoryAttribute : TheoryAttribute
{
    public EmbeddedTheoryAttribute(string reason) => Skip = SidecarEngine.IsDaprd ? reason : null;
}
