namespace Splitrail.ExperimentSvc.Pages.Drawings;

/// <summary>A thing drawn in a square of 120, in the tile's colour (<c>currentColor</c>) and in white over it.</summary>
/// <param name="Shapes">SVG elements; constants of ours, never anybody's text.</param>
/// <param name="Words">A category with one of these words in its name gets it.</param>
internal sealed record Motif(string Shapes, params string[] Words)
{
    public static IReadOnlyList<Motif> All { get; } =
    [
        new("""<path d="M34 44h44v30a16 16 0 0 1-16 16H50a16 16 0 0 1-16-16z"/><path d="M78 52h6a11 11 0 0 1 0 22h-6" fill="none" stroke="currentColor" stroke-width="7"/><path d="M46 36c-4-6 4-8 0-14M60 36c-4-6 4-8 0-14" fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round"/>""", "mug", "cup", "tea", "coffee", "drink"),
        new("""<circle cx="60" cy="60" r="34"/><circle cx="60" cy="60" r="22" fill="#fff" fill-opacity=".55"/><path d="M14 34v20q0 6 5 6v28M24 34v20q0 6-5 6M106 88V34q-9 8-9 26h9" fill="none" stroke="currentColor" stroke-width="4" stroke-linecap="round"/>""", "tableware", "plate", "dining", "dish"),
        new("""<path d="M32 24h56v66l-8 6-8-6-6 6-6-6-6 6-8-6-6 6-8-6z"/><path d="M32 40h56M32 50h56" stroke="#fff" stroke-opacity=".65" stroke-width="4"/>""", "textile", "towel", "linen", "cloth", "apron"),
        new("""<path d="M24 52h58v22a16 16 0 0 1-16 16H40a16 16 0 0 1-16-16z"/><path d="M82 58h24" stroke="currentColor" stroke-width="8" stroke-linecap="round"/><path d="M28 46h50" stroke="currentColor" stroke-width="6" stroke-linecap="round"/><circle cx="53" cy="37" r="5"/><path d="M34 60v12" stroke="#fff" stroke-opacity=".6" stroke-width="5" stroke-linecap="round"/>""", "cookware", "kitchen", "pan", "pot", "baking"),
        new("""<rect x="44" y="50" width="32" height="46" rx="4"/><path d="M60 50V40" stroke="currentColor" stroke-width="4"/><path d="M60 16c10 12 9 22 0 24-9-2-10-12 0-24z"/><path d="M52 58v16" stroke="#fff" stroke-opacity=".6" stroke-width="5" stroke-linecap="round"/>""", "candle"),
        new("""<path d="M56 38h8v40h-8z"/><path d="M36 96c0-12 12-18 24-18s24 6 24 18z"/><path d="M44 38h32l-5 12H49z"/><rect x="54" y="20" width="12" height="18" rx="2" fill="#fff" fill-opacity=".75"/>""", "holder", "lantern"),
        new("""<path d="M48 48h24c0 12 12 16 12 30 0 12-9 20-24 20s-24-8-24-20c0-14 12-18 12-30z"/><path d="M60 48C60 34 50 30 46 20M60 46c0-14 8-20 16-22" fill="none" stroke="currentColor" stroke-width="4"/><circle cx="45" cy="19" r="7" fill="#fff" fill-opacity=".8"/><circle cx="77" cy="23" r="7" fill="#fff" fill-opacity=".8"/>""", "vase", "flower", "gift"),
        new("""<path d="M38 66h44l-6 32H44z"/><path d="M60 66C58 44 44 38 32 38c0 18 12 26 28 28zM60 66c0-26 10-36 28-40 2 24-10 36-28 40z"/><path d="M60 66V40" stroke="#fff" stroke-opacity=".6" stroke-width="3"/>""", "planter", "plant", "garden living", "outdoor"),
        new("""<path d="M28 32q32-8 64 0-8 30 0 58-32 8-64 0 8-28 0-58z"/><path d="M42 46l36 30M78 46L42 76" stroke="#fff" stroke-opacity=".6" stroke-width="4" stroke-linecap="round"/>""", "cushion", "pillow"),
        new("""<path d="M26 40h68v46H26z"/><path d="M26 52h68M26 64h68M26 76h68" stroke="#fff" stroke-opacity=".55" stroke-width="4"/><path d="M30 86v10M42 86v10M54 86v10M66 86v10M78 86v10M90 86v10" stroke="currentColor" stroke-width="4"/>""", "throw", "blanket", "rug", "carpet"),
        new("""<path d="M18 78V34M18 62h84v16M102 78v10M18 78v10" stroke="currentColor" stroke-width="7" stroke-linecap="round"/><path d="M24 62V48h26a10 10 0 0 1 10 10v4zM60 62V46h30a12 12 0 0 1 12 12v4z"/><rect x="24" y="46" width="20" height="10" rx="4" fill="#fff" fill-opacity=".75"/>""", "bed", "sleep", "furniture"),
        new("""<path d="M20 26h80" stroke="currentColor" stroke-width="6" stroke-linecap="round"/><path d="M26 30h28c0 30-8 50-28 62zM94 30H66c0 30 8 50 28 62z"/><path d="M36 30c0 22-2 36-8 50M84 30c0 22 2 36 8 50" fill="none" stroke="#fff" stroke-opacity=".6" stroke-width="3"/>""", "curtain", "blind"),
        new("""<rect x="26" y="28" width="68" height="64" rx="3"/><rect x="35" y="37" width="50" height="46" fill="#fff" fill-opacity=".7"/><path d="M35 83l18-24 12 14 8-8 12 18z"/><circle cx="72" cy="50" r="5"/>""", "art", "frame", "picture", "print", "photo"),
        new("""<ellipse cx="60" cy="56" rx="27" ry="36"/><ellipse cx="60" cy="56" rx="20" ry="29" fill="#fff" fill-opacity=".7"/><path d="M48 52l12-14M52 66l18-22" stroke="currentColor" stroke-opacity=".55" stroke-width="4" stroke-linecap="round"/>""", "mirror", "beauty", "cosmetic"),
        new("""<circle cx="60" cy="60" r="36"/><circle cx="60" cy="60" r="28" fill="#fff" fill-opacity=".75"/><path d="M60 40v20l14 8" fill="none" stroke="currentColor" stroke-width="5" stroke-linecap="round" stroke-linejoin="round"/>""", "clock", "watch"),
        new("""<path d="M46 22h28l16 34H30z"/><path d="M60 56v34M42 94h36" stroke="currentColor" stroke-width="6" stroke-linecap="round"/><path d="M48 64l-6 10M72 64l6 10" stroke="#fff" stroke-opacity=".9" stroke-width="4" stroke-linecap="round"/>""", "lamp", "light"),
        new("""<path d="M22 44h76M22 84h76" stroke="currentColor" stroke-width="6" stroke-linecap="round"/><path d="M30 24h9v18h-9zM41 20h8v22h-8zM52 26h10v16H52z"/><circle cx="82" cy="33" r="9" fill="#fff" fill-opacity=".8"/><path d="M66 60h22v22H66z" fill="#fff" fill-opacity=".7"/><path d="M30 58h10v24H30zM44 64l8-3 8 20-8 3z"/>""", "shel", "book", "literature", "novel"),
        new("""<path d="M26 52h68l-8 42H34z"/><path d="M38 52c0-32 44-32 44 0" fill="none" stroke="currentColor" stroke-width="6"/><path d="M32 66h56M35 80h50M48 54l3 38M60 54v38M72 54l-3 38" stroke="#fff" stroke-opacity=".55" stroke-width="3"/>""", "storage", "basket", "bag", "box"),
        new("""<path d="M32 24h50a6 6 0 0 1 6 6v60a6 6 0 0 1-6 6H32z"/><path d="M46 24v72" stroke="#fff" stroke-opacity=".6" stroke-width="4"/><path d="M56 44h22M56 56h16" stroke="#fff" stroke-width="4" stroke-linecap="round"/><path d="M100 34v44l-4 12-4-12V34z"/>""", "desk", "office", "station", "school", "craft"),
        new("""<rect x="42" y="44" width="36" height="52" rx="8"/><path d="M56 44V32h8v12M60 32V24h16" fill="none" stroke="currentColor" stroke-width="6" stroke-linecap="round"/><rect x="48" y="60" width="24" height="18" rx="3" fill="#fff" fill-opacity=".7"/>""", "bath", "soap", "health"),
        new("""<path d="M36 52h20v24l-10 24-10-24z"/><path d="M46 52V24" stroke="currentColor" stroke-width="9" stroke-linecap="round"/><path d="M82 52v48" stroke="currentColor" stroke-width="7" stroke-linecap="round"/><path d="M70 24v20a12 12 0 0 0 24 0V24M82 24v28" fill="none" stroke="currentColor" stroke-width="5" stroke-linecap="round"/>""", "tool", "hardware", "sport"),
        new("""<rect x="22" y="44" width="76" height="48" rx="4"/><path d="M22 44l70-18 4 12-70 18z"/><path d="M36 42l8-10M54 37l8-10M72 32l8-10" stroke="#fff" stroke-opacity=".8" stroke-width="6"/><path d="M52 58v20l20-10z" fill="#fff" fill-opacity=".85"/>""", "movie", "film", "drama", "comedy", "action", "thriller", "horror", "romance", "adventure", "crime", "animation", "children", "documentary", "sci-fi", "fantasy", "war", "western", "music", "video"),
        new("""<path d="M44 24l16 8 16-8 24 14-10 20-10-5v43H40V53l-10 5-10-20z"/><path d="M50 27q10 12 20 0" fill="none" stroke="#fff" stroke-opacity=".8" stroke-width="4"/>""", "fashion", "wear", "shirt", "cloth", "dress"),
    ];

    /// <summary>What fits the category's name; for any other name always the same one of these.</summary>
    /// <param name="category">Its name.</param>
    /// <param name="hash">Of that name.</param>
    public static Motif Of(string category, uint hash) =>
        All.FirstOrDefault(motif => motif.Words.Any(word => category.Contains(word, StringComparison.OrdinalIgnoreCase))) ?? s_abstract[hash % (uint)s_abstract.Length];

    private static readonly Motif[] s_abstract =
    [
        new("""<circle cx="48" cy="52" r="26"/><circle cx="74" cy="70" r="24" fill="#fff" fill-opacity=".6"/>"""),
        new("""<path d="M60 20l40 70H20z"/><path d="M60 50l22 38H38z" fill="#fff" fill-opacity=".6"/>"""),
        new("""<rect x="28" y="28" width="46" height="46" rx="8"/><rect x="48" y="48" width="44" height="44" rx="8" fill="#fff" fill-opacity=".6"/>"""),
        new("""<path d="M60 18l12 28 30 3-23 20 7 30-26-16-26 16 7-30-23-20 30-3z"/><circle cx="60" cy="62" r="11" fill="#fff" fill-opacity=".7"/>"""),
        new("""<path d="M16 66q22-36 44 0t44 0v30H16z"/><path d="M16 82q22-30 44 0t44 0v14H16z" fill="#fff" fill-opacity=".5"/><circle cx="84" cy="34" r="11"/>"""),
        new("""<path d="M60 22a38 38 0 0 1 0 76z"/><path d="M60 22a38 38 0 0 0 0 76z" fill="#fff" fill-opacity=".65"/>"""),
    ];
}
