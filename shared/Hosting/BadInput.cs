using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Splitrail.Hosting;

/// <summary>A 400 problem document that names the member, the value and the rule.</summary>
public static class BadInput
{
    private const int ShownLength = 100;

    public static ProblemHttpResult Problem(string member, object? value, string rule)
    {
        var shown = Show(value);
        return TypedResults.Problem(
            title: "Bad input",
            detail: $"'{member}' is {shown}: {rule}",
            statusCode: StatusCodes.Status400BadRequest,
            extensions: new Dictionary<string, object?> { ["member"] = member, ["value"] = shown, ["rule"] = rule });
    }

    /// <summary>The value as one short, printable line: what came in may hold NULs, newlines or a megabyte.</summary>
    public static string Show(object? value)
    {
        if (value is null)
            return "missing";
        var text = value as string ?? Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "";
        var cut = text.Length > ShownLength ? string.Concat(text.AsSpan(0, ShownLength), "…") : text;
        var clean = string.Create(cut.Length, cut, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = char.IsControl(source[i]) ? '\uFFFD' : source[i];
        });
        return value is string ? $"\"{clean}\"" : clean;
    }
}
