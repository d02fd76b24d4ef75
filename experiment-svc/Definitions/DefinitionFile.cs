namespace Splitrail.ExperimentSvc.Definitions;

/// <summary>A file to import: flags, a holdout, and layers of experiments.</summary>
internal sealed record DefinitionFile
{
    public IReadOnlyDictionary<string, bool> Flags { get; set; } = new Dictionary<string, bool>();

    public DefinedHoldout? Holdout { get; set; }

    public IReadOnlyList<FiledLayer> Layers { get; set; } = [];
}

internal sealed record FiledLayer : DefinedLayer
{
    public IReadOnlyList<FiledExperiment> Experiments { get; set; } = [];
}

/// <summary>An experiment with the state it shall have; its layer is the one it is written in.</summary>
internal sealed record FiledExperiment : DefinedExperiment
{
    /// <summary>What <see cref="ExperimentState.Paused"/> was called before there was an API.</summary>
    public const string Stopped = "stopped";

    public string State { get; set; } = "";

    /// <summary>Null when there is no such state.</summary>
    public ExperimentState? WantedState => State == Stopped ? ExperimentState.Paused : ExperimentStates.Find(State);

    public static IReadOnlyList<string> States { get; } = [.. ExperimentStates.Names, Stopped];
}
