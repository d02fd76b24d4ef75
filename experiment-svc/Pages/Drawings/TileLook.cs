namespace Splitrail.ExperimentSvc.Pages.Drawings;

/// <summary>How an item without a picture is drawn: its category gives motif and colour, its id a shade and a background of its own, always the same.</summary>
/// <param name="Shapes">SVG elements of the motif.</param>
/// <param name="Hue">Degrees.</param>
/// <param name="Background">Which of <see cref="Backgrounds"/>.</param>
/// <param name="Lightness">Of the background, per cent.</param>
/// <param name="Tilt">Of the motif, degrees.</param>
/// <param name="IsMirrored">Drawn from right to left.</param>
internal readonly record struct TileLook(string Shapes, int Hue, int Background, int Lightness, int Tilt, bool IsMirrored)
{
    public const int Backgrounds = 5;

    /// <summary>An item's colour is its category's or one of the next: alike, and yet told apart at a glance.</summary>
    private const uint Shades = 6;
    private const uint ShadeStep = 18;

    private const uint FnvOffset = 2166136261;
    private const uint FnvPrime = 16777619;

    public static TileLook Of(string category, string itemId)
    {
        var (kind, own) = (Hash(category), Hash(itemId));
        return new TileLook(Motif.Of(category, kind).Shapes, (int)((kind % 360) + (own % Shades * ShadeStep)) % 360, (int)(own / Shades % Backgrounds), 84 + (int)(own / 1009 % 9), (int)(own / 97 % 13) - 6, (own >> 20 & 1) == 1);
    }

    /// <summary>FNV-1a with a last mix, over UTF-16: the runtime's own hash differs from run to run.</summary>
    private static uint Hash(string text)
    {
        var hash = FnvOffset;
        foreach (var letter in text)
            hash = (hash ^ letter) * FnvPrime;
        hash ^= hash >> 15;
        hash *= 0x2c1b3c6d;
        return hash ^ (hash >> 12);
    }
}
