using Splitrail.Input;

namespace Splitrail.Gateway.Input;

/// <summary>Free text of a request: categories, queries, names of pages.</summary>
internal static class TextRule
{
    public const int MaxLength = 256;

    public const string Text = "must have 1 to 256 characters, none of them a control character or half of a surrogate pair";

    public static InputFault? FaultOf(string member, string? text) => IsKept(text) ? null : new InputFault(member, text, Text);

    public static InputFault? FaultOfOptional(string member, string? text) => text is null ? null : FaultOf(member, text);

    private static bool IsKept(string? text)
    {
        if (text is not { Length: > 0 and <= MaxLength })
            return false;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]))
                return false;
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return false;
            i++;
        }

        return true;
    }
}
