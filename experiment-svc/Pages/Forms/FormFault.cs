namespace Splitrail.ExperimentSvc.Pages.Forms;

/// <summary>What is wrong in a form, in the owner's words.</summary>
/// <param name="Field">Name of the field it is about; null for the form as a whole.</param>
/// <param name="Text">What is wrong, and the fix.</param>
public sealed record FormFault(string? Field, string Text)
{
    /// <summary>Of the field's element; null for the form as a whole.</summary>
    public string? Id => Field is null ? null : IdOf(Field);

    public static string IdOf(string field) => field.Replace('.', '-');
}
