using Splitrail.Models;
using Splitrail.Retrieval;

namespace Splitrail.CandidateSvc.Serving;

/// <summary>A version in memory, warmed up.</summary>
internal sealed record LoadedModel(ModelBundle Bundle, CandidateGenerator Generator)
{
    public string Version => Bundle.Manifest.Version;
}
