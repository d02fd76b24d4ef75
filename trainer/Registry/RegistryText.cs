using System.Globalization;
using System.Text.Json.Nodes;

namespace Splitrail.Trainer.Registry;

/// <summary>Answers of the registry as lines for people.</summary>
internal static class RegistryText
{
    public static void List(JsonNode answer, TextWriter output)
    {
        output.WriteLine($"in production: {Lineup(answer["production"])}");
        if (answer["rolls_back_to"] is { } earlier)
            output.WriteLine($"rolls back to: {Lineup(earlier)}");
        if (answer["watched_until"] is { } until)
            output.WriteLine($"watched until: {until}");
        foreach (var model in answer["models"]!.AsArray())
        {
            var stages = string.Join(", ", model!["stages"]!.AsObject().Select(static stage => $"{stage.Key} {stage.Value}"));
            output.WriteLine($"  {model["version"],-34} {stages,-44} {Megabytes(model["bytes"]!),9} MB  trained {Day(model["trained_at"]!)}{((string)model["files"]! == "present" ? "" : $"  files {model["files"]}")}");
        }
    }

    public static void Detail(JsonNode answer, TextWriter output)
    {
        var model = answer["model"]!;
        foreach (var (name, value) in model.AsObject().Where(static member => member.Key != "metrics"))
            output.WriteLine($"  {name,-20} {(value is JsonValue ? value.ToString() : value?.ToJsonString() ?? "none")}");
        foreach (var (name, value) in model["metrics"]!.AsObject())
            output.WriteLine($"  {name,-34} {value}");
        foreach (var gate in answer["gates"]!.AsArray())
            output.WriteLine($"  gate {gate!["name"],-9} {((bool)gate["passed"]! ? "passed" : "NOT PASSED")}: {gate["detail"]}");
    }

    public static void Comparison(JsonNode answer, TextWriter output)
    {
        output.WriteLine($"{"",-34} {answer["version"],24} {answer["with"],24}");
        foreach (var row in answer["metrics"]!.AsArray().Concat(answer["parameters"]!.AsArray()))
            output.WriteLine($"{row!["name"],-34} {row["value"]?.ToString() ?? "-",24} {row["with"]?.ToString() ?? "-",24}  {Better(row["better"])}");
        if (!(bool)answer["same_data"]!)
            output.WriteLine("measured on different data");
    }

    public static void History(JsonNode answer, TextWriter output)
    {
        foreach (var change in answer["changes"]!.AsArray())
            output.WriteLine($"  {change!["at"]}  {change["actor"]}  {change["action"]}  snapshot {change["snapshot_version"]}  {change["reason"]?["kind"]} {change["reason"]?["note"]}");
    }

    public static void Change(JsonNode answer, TextWriter output) =>
        output.WriteLine($"in production: {Lineup(answer["production"])} (snapshot {answer["snapshot_version"]}){((bool)answer["changed"]! ? "" : ", as before")}");

    private static string Lineup(JsonNode? lineup) =>
        lineup?.AsObject().Where(static member => member.Value is not null).Select(static member => $"{member.Key} {member.Value}").ToArray() is { Length: > 0 } parts ? string.Join(", ", parts) : "none";

    private static string Better(JsonNode? better) => better is null ? "" : (bool)better ? "better" : "worse";

    private static string Megabytes(JsonNode bytes) => ((double)bytes / (1 << 20)).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Day(JsonNode at) => ((DateTimeOffset)at).UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
