using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Splitrail.Contracts;

namespace Splitrail.Gateway.Inner;

/// <summary>
/// Reads candidates with less garbage than the plain contract does: 300 of them carry the same few source names in the same few lists, and signals of
/// a known, small number. They were more than a third of what a recommendation allocates.
/// </summary>
internal static class CandidateJson
{
    public static JsonTypeInfo<CandidateResponse> Response { get; } = (JsonTypeInfo<CandidateResponse>)new JsonSerializerOptions(ContractsJson.Default.Options)
    {
        Converters = { new NameListConverter(), new SignalListConverter() },
    }.GetTypeInfo(typeof(CandidateResponse));
}
