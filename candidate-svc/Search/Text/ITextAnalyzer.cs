using Splitrail.Policies;

namespace Splitrail.CandidateSvc.Search.Text;

/// <summary>
/// What words of a language have in common. A word is known under its <b>key</b>, which all its forms share, and, where its writing says more than the
/// key does, as it is written.
/// </summary>
internal interface ITextAnalyzer : INamedPolicy
{
    /// <summary>Weight of a word that has the query's key but is written otherwise, 0 to 1.</summary>
    float KeyWeight { get; }

    /// <param name="folded">The word without marks.</param>
    /// <param name="key">At least <see cref="WordReader.MaxLength"/> times <see cref="Folding.Growth"/> long.</param>
    /// <returns>How long the key is.</returns>
    int Key(ReadOnlySpan<char> folded, Span<char> key);

    /// <summary>The one writing of a word that has several equal ones.</summary>
    /// <param name="word">Composed and in lower case.</param>
    /// <param name="folded">The word without marks.</param>
    /// <param name="written">As long as a key.</param>
    /// <returns>How long it is.</returns>
    int Written(ReadOnlySpan<char> word, ReadOnlySpan<char> folded, Span<char> written);

    /// <summary>Words that hold sentences together: an item need not have them.</summary>
    bool IsFiller(ReadOnlySpan<char> word);
}
