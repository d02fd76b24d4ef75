using Shouldly;
using Splitrail.CandidateSvc.Search.Text;
using Xunit;

namespace Splitrail.Tests.Unit.CandidateSvc.Search;

/// <summary>Words and stems of the sample vocabulary and the rules that are published with the algorithm.</summary>
public sealed class EnglishStemmerTests
{
    [Theory]
    [InlineData("consign consigned consigning consignment", "consign consign consign consign")]
    [InlineData("consist consisted consistency consistent consistently consisting consists", "consist consist consist consist consist consist consist")]
    [InlineData("consolation consolations consolatory console consoled consoles consoling consolingly", "consol consol consolatori consol consol consol consol consol")]
    [InlineData("consolidated consolidating consolidate", "consolid consolid consolid")]
    [InlineData("conspicuous conspicuously conspiracy conspirator conspire", "conspicu conspicu conspiraci conspir conspir")]
    [InlineData("constable constables constance constancy constant", "constabl constabl constanc constanc constant")]
    [InlineData("knack knackeries knacks knag knave knaves knavish kneaded kneading knee kneel kneeled", "knack knackeri knack knag knave knave knavish knead knead knee kneel kneel")]
    [InlineData("knelt knew knick knif knife knight knightly knights knit knits knitted knitting knives", "knelt knew knick knif knife knight knight knight knit knit knit knit knive")]
    [InlineData("knob knobs knock knocked knocker knockers knocking knocks knopp knot knots", "knob knob knock knock knocker knocker knock knock knopp knot knot")]
    public void The_sample_vocabulary_has_its_published_stems(string words, string stems) => Stems(words).ShouldBe(stems);

    [Theory]
    [InlineData("caresses ties cries gas this gaps kiwis", "caress tie cri gas this gap kiwi")]
    [InlineData("agreed hopping hoped luxuriated hoping hop", "agre hop hope luxuri hope hop")]
    [InlineData("cry by say", "cri by say")]
    [InlineData("relational conditional valency digitizer vietnamization operator feudalism hopefulness", "relat condit valenc digit vietnam oper feudal hope")]
    [InlineData("triplicate electrical goodness formative", "triplic electr good format")]
    [InlineData("revival allowance inference adjustable replacement adoption activate", "reviv allow infer adjust replac adopt activ")]
    [InlineData("probate cease controlling roll", "probat ceas control roll")]
    [InlineData("generate generic communism arsenal", "generat generic communism arsenal")]
    public void Each_step_does_what_it_is_for(string words, string stems) => Stems(words).ShouldBe(stems);

    [Theory]
    [InlineData("skis skies dying lying tying idly gently ugly early only singly", "ski sky die lie tie idl gentl ugli earli onli singl")]
    [InlineData("sky news howe atlas cosmos bias andes", "sky news howe atlas cosmos bias andes")]
    [InlineData("inning outing canning herring earring proceed exceed succeed", "inning outing canning herring earring proceed exceed succeed")]
    [InlineData("innings proceeds earrings", "inning proceed earring")]
    public void Exceptions_are_exceptions(string words, string stems) => Stems(words).ShouldBe(stems);

    private static string Stems(string words) => string.Join(' ', words.Split(' ').Select(Stem));

    private static string Stem(string word)
    {
        Span<char> letters = stackalloc char[word.Length + 1];
        word.CopyTo(letters);
        return letters[..EnglishStemmer.Stem(letters, word.Length)].ToString();
    }
}
