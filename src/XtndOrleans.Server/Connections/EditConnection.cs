using XtndOrleans.Connectors;
using XtndOrleans.Engine;
using XtndOrleans.Engine.Connections;

namespace XtndOrleans.Server.Connections;

/// <summary>A connection that somebody is changing. What was not typed stays; a secret is never shown, so an empty one stays too.</summary>
internal sealed class EditConnection : ConnectionForm
{
    /// <summary>The way to sign in that the connection has.</summary>
    public const int AsItIs = -1;

    /// <summary>The system's own fields.</summary>
    public const int OwnFields = -2;

    // Stands for what is saved when what is typed is checked.
    const string Saved = "saved";

    // Where the engine tells that the whole of an integration must be given again.
    const string WholeSignIn = "auth";

    static readonly SystemField NameField = new("name", "Name", "", false);
    static readonly SystemField ZoneField = new("timeZone", "Time zone", "", false);

    readonly SystemDescription system;
    readonly ConnectionService service;

    /// <param name="connection">What is saved.</param>
    /// <param name="system">Its external system.</param>
    /// <param name="service">Knows what is wrong with what is typed.</param>
    public EditConnection(ConnectionView connection, SystemDescription system, ConnectionService service)
    {
        (Present, this.system, this.service) = (connection, system, service);
        (this["name"], this["apiUrl"], this["timeZone"]) = (connection.Name, connection.ApiUrl, connection.TimeZone);
        this["accessToken"] = IsIntegration ? "" : connection.AccessToken;
    }

    /// <summary>What is saved now; what was typed is a change of it.</summary>
    public ConnectionView Present { get; set; }

    /// <inheritdoc/>
    public override string? System => system.System;

    /// <summary>The chosen way to sign in: <see cref="AsItIs"/>, <see cref="OwnFields"/>, or its place among the system's others.</summary>
    public int SignIn { get; private set; } = AsItIs;

    /// <summary>Whether the connection signs in with an integration.</summary>
    public bool IsIntegration => Present.Auth.Kind == SignInKinds.Integration;

    /// <summary>The other ways to sign in, by their place.</summary>
    public IEnumerable<(int Place, string Label)> SignIns => system.SignIns.Select((way, place) => (place, NewConnectionTexts.SignInLabel(system.System, way.Label)));

    /// <summary>The form's fields.</summary>
    public IEnumerable<SystemField> Fields => [NameField, system.Fields.First(own => own.Name == "apiUrl"), .. Credentials];

    /// <summary>What is rarely changed.</summary>
    public static IEnumerable<SystemField> MoreFields => [ZoneField];

    /// <summary>What is to be changed.</summary>
    public ConnectionPatch Patch => new(Changed("name", Present.Name), Changed("apiUrl", Present.ApiUrl), AccessToken, Secret, Changed("timeZone", Present.TimeZone))
    {
        IfVersion = Present.Version,
        Auth = Wanted,
    };

    /// <summary>Chooses the way to sign in.</summary>
    public void ChooseSignIn(int place) => SignIn = place;

    /// <summary>Whether it may be saved; from now on all that is wrong is shown.</summary>
    public bool IsRight() => CheckAll();

    /// <summary>Shows what the service finds wrong. What the way as it is does not ask for, and must be typed again for another address, is asked for from now on.</summary>
    /// <returns>Whether all of it stands beside a field.</returns>
    public bool Show(IReadOnlyDictionary<string, string[]> problems)
    {
        SignIn = SignIn == AsItIs ? WayThatAsks(problems) : SignIn;
        Dictionary<string, string[]> found = new(problems, StringComparer.Ordinal);
        if (found.Remove(WholeSignIn, out var whole))
        {
            foreach (var field in Credentials)
            {
                found[field.Name] = whole;
            }
        }

        Refuse(found);
        return found.Count > 0 && found.Keys.All(name => Fields.Concat(MoreFields).Any(field => field.Name == name));
    }

    int WayThatAsks(IReadOnlyDictionary<string, string[]> problems)
    {
        var ways = system.SignIns.Index().ToList();
        return problems.ContainsKey(WholeSignIn) ? Place(way => way.Kind == Present.Auth.Kind) : Place(way => way.Fields.Any(field => !Asks(field.Name) && problems.ContainsKey(field.Name)));

        int Place(Func<SystemSignIn, bool> asks) => ways.Where(way => asks(way.Item)).Select(way => way.Index).DefaultIfEmpty(AsItIs).First();
    }

    IEnumerable<SystemField> Credentials => SignIn switch
    {
        AsItIs when IsIntegration => [],
        AsItIs or OwnFields => system.Fields.Where(own => own.Name != "apiUrl"),
        var place => system.SignIns[place].Fields,
    };

    string? AccessToken => Asks("accessToken") ? SignIn == AsItIs ? Changed("accessToken", Present.AccessToken) : this["accessToken"].Trim() : null;

    string? Secret => Asks("secret") && this["secret"].Length > 0 ? this["secret"] : null;

    AuthDraft? Wanted => SignIn switch
    {
        AsItIs => null,
        OwnFields => new(SignInKinds.Password, null, null, null, null, null),
        var place => Auth(system.SignIns[place], Own),
    };

    /// <inheritdoc/>
    protected override Dictionary<string, string[]> Find()
    {
        var kept = SignIn == AsItIs && IsIntegration;
        var found = new Dictionary<string, string[]>(service.Check(new(
            System, this["name"], this["apiUrl"], kept ? null : Asks("accessToken") ? this["accessToken"] : null, kept || !Asks("secret") ? null : Secret ?? (IsIntegration ? "" : Saved), this["timeZone"])
        {
            Auth = kept ? new(SignInKinds.Integration, null, null, null, Saved, null) : Wanted,
        }), StringComparer.Ordinal);

        // Another way to sign in needs all that it asks for, but for a password that is saved already.
        foreach (var field in SignIn < 0 ? [] : Credentials.Where(field => this[field.Name].Length == 0 && (field.Name != "secret" || IsIntegration)))
        {
            found[field.Name] = [FieldTexts.Missing];
        }

        return found;
    }

    bool Asks(string field) => Credentials.Any(asked => asked.Name == field);

    string? Own(string field) => Asks(field) && this[field].Length > 0 ? this[field].Trim() : null;

    string? Changed(string field, string before) => this[field].Trim() == before ? null : this[field].Trim();
}
