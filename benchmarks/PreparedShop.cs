using Splitrail.Local;

namespace Splitrail.Benchmarks;

/// <summary>The shop that ./bench prepares: its data and models are used in place, all that a run writes goes into a folder of its own.</summary>
internal static class PreparedShop
{
    /// <param name="prepared">Folder with <c>dataset</c> and <c>models</c>.</param>
    /// <param name="state">Folder of the run.</param>
    public static SuiteOptions Suite(string prepared, string state) => new()
    {
        StateDirectory = state,
        DatasetDirectory = Path.Combine(prepared, "dataset"),
        ModelsDirectory = Path.Combine(prepared, "models"),
        ComponentsDirectory = "dapr-components/local",
        Port = 0,
        LogFormat = "json",
        LogLevel = "Error",
    };
}
