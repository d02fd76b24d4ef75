using System.Text.Json;
using Splitrail.ExperimentSvc.Editing;

namespace Splitrail.ExperimentSvc.Definitions;

/// <param name="File">The definitions when they are valid, else null.</param>
/// <param name="Faults">All that is wrong, each with the bad value and the fix.</param>
internal sealed record DefinitionReading(DefinitionFile? File, IReadOnlyList<string> Faults)
{
    public static DefinitionReading Of(ReadOnlySpan<byte> json)
    {
        try
        {
            var file = JsonSerializer.Deserialize(json, DefinitionJson.Strict.DefinitionFile);
            if (file is null)
                return new DefinitionReading(null, ["The file holds null: write an object with 'flags' and 'layers'."]);
            var faults = ImportEdit.FaultsOf(file);
            return new DefinitionReading(faults.Count == 0 ? file : null, [.. faults.Select(Refusal.Sentence)]);
        }
        catch (JsonException broken)
        {
            return new DefinitionReading(null, [$"The file cannot be read: {broken.Message}"]);
        }
    }
}
