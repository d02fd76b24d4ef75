using System.Text.Json;
using System.Text.Json.Nodes;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Definitions;

namespace Splitrail.ExperimentSvc.Pages.Experiments;

/// <summary>What an arm changes, in a line.</summary>
internal static class ArmText
{
    public static string Of(ArmParameters parameters)
    {
        var members = JsonOf(parameters).Where(static member => member.Value is not null).Select(static member => $"{Shown.Words(member.Key)}: {member.Value!.ToString()}").ToArray();
        return members.Length > 0 ? string.Join("; ", members) : "nothing: the shop as it is";
    }

    /// <summary>As JSON, so that parameters which come later are shown and kept too.</summary>
    public static JsonObject JsonOf(ArmParameters parameters) =>
        JsonSerializer.SerializeToNode(new DefinedArm { Parameters = parameters }, DefinitionJson.Default.DefinedExperiment.Options.GetTypeInfo(typeof(DefinedArm)))!["parameters"]!.AsObject();
}
