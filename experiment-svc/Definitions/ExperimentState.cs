using System.Text.Json.Serialization;

namespace Splitrail.ExperimentSvc.Definitions;

/// <summary>Where an experiment is in its life. Only a running one has users.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ExperimentState>))]
public enum ExperimentState
{
    [JsonStringEnumMemberName("draft")]
    Draft,

    [JsonStringEnumMemberName("review")]
    Review,

    [JsonStringEnumMemberName("running")]
    Running,

    [JsonStringEnumMemberName("paused")]
    Paused,

    [JsonStringEnumMemberName("ended")]
    Ended,

    [JsonStringEnumMemberName("archived")]
    Archived,
}

/// <summary>The states' names, as in the API.</summary>
internal static class ExperimentStates
{
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<ExperimentState>().Select(NameOf)];

    public static string NameOf(this ExperimentState state) => state.ToString().ToLowerInvariant();

    /// <summary>Null when there is no such state.</summary>
    public static ExperimentState? Find(string name)
    {
        var index = Names.IndexOf(name);
        return index < 0 ? null : Enum.GetValues<ExperimentState>()[index];
    }

    private static int IndexOf(this IReadOnlyList<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == name)
                return i;
        }

        return -1;
    }
}
