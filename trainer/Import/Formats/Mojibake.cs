using System.Text;

namespace Splitrail.Trainer.Import.Formats;

/// <summary>Undoes UTF-8 that was once taken for Latin-1 and encoded again ("Ã¤" for "ä").</summary>
internal static class Mojibake
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text as it was meant; unchanged when it is not such a case.</summary>
    public static string Repair(string text)
    {
        if (!text.Contains('Ã') && !text.Contains('Â')) return text;
        // A second round of the same mistake lost the unprintable U+0083 to a question mark.
        var once = text.Replace("Ã?Â", "Ã", StringComparison.Ordinal);
        if (once.Any(character => character > 0xFF)) return text;
        try
        {
            return Strict.GetString(Encoding.Latin1.GetBytes(once));
        }
        catch (DecoderFallbackException)
        {
            return text;
        }
    }
}
