namespace Ziggie.Dashboard.Access;

/// <summary>Where pages send forms whose answer only a whole request can give: a cookie, or a file.</summary>
public static class FormAddress
{
    public const string Account = "/account";

    public const string Password = "/account/password";

    public const string Configuration = "/configuration";

    public const string Export = "/configuration/export";
}
