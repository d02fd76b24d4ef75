namespace Splitrail.Retrieval;

/// <summary>Items whose words are like those of the history; with <paramref name="onlyUnsold"/> only what nobody has had yet, which no other personal source can find.</summary>
internal sealed class ContentSource(string name, bool onlyUnsold) : ICandidateSource
{
    public string Name => name;

    public void Propose(RetrievalScratch scratch, RetrievalQuery query, int quota) => scratch.ProposeByContent(query, quota, onlyUnsold);
}
