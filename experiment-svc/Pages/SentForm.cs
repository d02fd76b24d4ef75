using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.Primitives;
using Splitrail.ExperimentSvc.Reasons;

namespace Splitrail.ExperimentSvc.Pages;

/// <summary>What somebody typed. Fields that did not come are empty.</summary>
public sealed class SentForm(IFormCollection fields, bool isOurs)
{
    public const string TokenField = "form-token";
    public const string VersionField = "version";

    /// <summary>False when the form did not come from a page of ours to the same visitor.</summary>
    public bool IsOurs => isOurs;

    public string this[string name] => fields[name].ToString();

    /// <summary>The version that was looked at; null when the form says none.</summary>
    public long? Version => long.TryParse(this[VersionField], CultureInfo.InvariantCulture, out var version) ? version : null;

    /// <summary>Why, as <see cref="Forms.ReasonFields"/> asks; null when nothing was said.</summary>
    internal Reason? Reason => this["reason_note"].Trim() is { Length: > 0 } note ? new Reason { Kind = this["reason_kind"], Note = note } : null;

    public IReadOnlyList<string> All(string name) => [.. fields[name].Select(static value => value ?? "")];

    /// <summary>All that was typed, to show it or to send it once more.</summary>
    public IEnumerable<KeyValuePair<string, StringValues>> Typed => fields.Where(static typed => typed.Key != TokenField);

    public static async ValueTask<SentForm?> BindAsync(HttpContext context)
    {
        if (context.Items.TryGetValue(typeof(SentForm), out var read))
            return (SentForm)read!;
        var fields = context.Request.HasFormContentType ? await ReadAsync(context) : FormCollection.Empty;
        var form = new SentForm(fields, await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context));
        context.Items[typeof(SentForm)] = form;
        return form;
    }

    private static async Task<IFormCollection> ReadAsync(HttpContext context)
    {
        try
        {
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (InvalidDataException tooMuch)
        {
            throw new BadHttpRequestException($"The form cannot be read: {tooMuch.Message}", StatusCodes.Status400BadRequest, tooMuch);
        }
    }
}
