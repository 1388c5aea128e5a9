//! What addresses have in common: shapes of success and error, and who may ask.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::openapi::path::{HttpMethod, OperationBuilder};
use utoipa::openapi::request_body::{RequestBody, RequestBodyBuilder};
use utoipa::openapi::schema::{AllOf, ArrayBuilder, Object, ObjectBuilder, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, ContentBuilder, HeaderBuilder, Paths, Ref, RefOr, Required, Response, ResponseBuilder, Schema,
};
use utoipa::{PartialSchema, ToSchema};

use super::parameters::{self, After};
use crate::answer::Found;
use crate::problem::Written;

/// The names of the parameters that a query may have, and what pages begin at.
pub type Takes<'a> = (&'a [&'a str], After);

/// A query without parameters.
pub const NOTHING: Takes<'static> = (&[], After::Nowhere);

/// A document in the making.
#[derive(Default)]
pub struct Api {
    /// The addresses.
    pub paths: Paths,
    /// The types by name.
    pub schemas: BTreeMap<String, RefOr<Schema>>,
}

impl Api {
    /// Rows with the parameters of a query, as JSON and as CSV.
    pub fn list<T: ToSchema + Serialize>(&mut self, path: &str, about: &str, takes: Takes) {
        let success = self.found::<T>();
        self.both(path, about, takes, success);
    }

    /// As [`Api::list`], with the fields of `M` beside the rows.
    pub fn list_with<T: ToSchema + Serialize, M: ToSchema>(&mut self, path: &str, about: &str, takes: Takes) {
        let mut found = self.shape::<T>();
        if let RefOr::T(Schema::Object(more)) = M::schema() {
            found.properties.extend(more.properties);
            found.required.extend(more.required);
        }
        self.both(path, about, takes, success(found));
    }

    /// One item, as JSON and as CSV, where it has not been taken out.
    pub fn item<T: ToSchema + Serialize>(&mut self, path: &str, about: &str) {
        self.list::<T>(path, about, NOTHING);
    }

    /// Both forms of an address may answer that what is asked for stands at another.
    pub fn moves(&mut self, path: &str) {
        let location = HeaderBuilder::new().description(Some("Where it stands")).schema(text()).build();
        let moved = ResponseBuilder::new().description("It is held to be another").header("Location", location).build();
        for path in [format!("{path}.json"), format!("{path}.csv")] {
            let operation = self.paths.paths.get_mut(&path).and_then(|item| item.get.as_mut());
            if let Some(operation) = operation {
                operation.responses.responses.insert("303".to_owned(), moved.clone().into());
            }
        }
    }

    /// JSON alone, without parameters.
    pub fn one<T: ToSchema + Serialize>(&mut self, path: &str, about: &str) {
        let success = self.found::<T>();
        self.get(path, about, NOTHING, success);
    }

    /// What is neither of rows nor CSV: of another media type, which has a shape of its own.
    pub fn other(&mut self, path: &str, about: &str, media: &str, takes: Takes) {
        let schema = if media.ends_with("json") { ObjectBuilder::new().schema_type(Type::Object) } else { text() };
        let content = ContentBuilder::new().schema(Some(schema)).build();
        let success = ResponseBuilder::new().description("What was found").content(media, content);
        self.get(path, about, takes, success.build());
    }

    /// A text of type `S` in, a row of type `T` out.
    pub fn reading<S: ToSchema, T: ToSchema + Serialize>(&mut self, path: &str, about: &str) {
        let success = self.found::<T>();
        self.add::<S>();
        let plain = ContentBuilder::new()
            .schema(Some(ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).pattern(Some(r"\S"))))
            .build();
        let json = ContentBuilder::new().schema(Some(Ref::from_schema_name(S::name()))).build();
        let body = RequestBodyBuilder::new()
            .required(Some(Required::True))
            .content("application/json", json)
            .content("text/plain", plain)
            .build();
        self.post(path, about, body, success, &["400", "401", "413", "415", "429", "503"]);
    }

    /// A change of type `S` in, the row of type `T` that tells of it out.
    pub fn change<S: ToSchema, T: ToSchema + Serialize>(&mut self, path: &str, about: &str) {
        let success = self.found::<T>();
        self.add::<S>();
        let json = ContentBuilder::new().schema(Some(Ref::from_schema_name(S::name()))).build();
        let body = RequestBodyBuilder::new().required(Some(Required::True)).content("application/json", json).build();
        self.post(path, about, body, success, &["400", "401", "403", "404", "413", "415", "429", "503"]);
    }

    fn post(&mut self, path: &str, about: &str, body: RequestBody, success: Response, refusals: &[&str]) {
        let operation = operation("post", path, about, success).request_body(Some(body));
        let operation = refusals.iter().fold(operation, |operation, status| refused(operation, status));
        self.paths.add_path_operation(path, vec![HttpMethod::Post], operation.build());
    }

    fn both(&mut self, path: &str, about: &str, takes: Takes, success: Response) {
        self.get(&format!("{path}.json"), about, takes, success);
        let about = if takes.1 != After::Nowhere {
            format!("{about}, as CSV; the next page is in the field `Link`")
        } else {
            format!("{about}, as CSV")
        };
        let text = ContentBuilder::new().schema(Some(text())).build();
        let success = ResponseBuilder::new().description("A line of columns, then the rows").content("text/csv", text);
        self.get(&format!("{path}.csv"), &about, takes, success.build());
    }

    fn get(&mut self, path: &str, about: &str, (parameters, after): Takes, success: Response) {
        let operation = operation("get", path, about, success);
        let operation = in_path(path).fold(operation, |operation, name| operation.parameter(parameters::path(name)));
        let operation =
            parameters.iter().fold(operation, |operation, name| operation.parameter(parameters::query(name, after)));
        // Without parameters, too, a query is looked at: what is called otherwise is refused.
        let mut refusals = vec!["400", "401", "429", "503"];
        if !parameters.is_empty() {
            refusals.push("404");
        }
        if path.contains('{') {
            refusals.extend(["404", "410"]);
        }
        refusals.sort_unstable();
        refusals.dedup();
        let operation = refusals.iter().fold(operation, |operation, status| refused(operation, status));
        self.paths.add_path_operation(path, vec![HttpMethod::Get], operation.build());
    }

    /// The answer with rows of type `T`.
    fn found<T: ToSchema + Serialize>(&mut self) -> Response {
        success(self.shape::<T>())
    }

    /// The shape of rows of type `T`.
    fn shape<T: ToSchema + Serialize>(&mut self) -> Object {
        self.add::<T>();
        let mut schemas = Vec::new();
        <Found<T> as ToSchema>::schemas(&mut schemas);
        self.schemas.extend(schemas);
        let rows = ArrayBuilder::new().items(Ref::from_schema_name(T::name())).build();
        match <Found<T> as PartialSchema>::schema() {
            RefOr::T(Schema::Object(mut found)) => {
                found.properties.insert("rows".to_owned(), Schema::Array(rows).into());
                found
            }
            _ => Object::new(),
        }
    }

    /// A type and those in it.
    fn add<T: ToSchema>(&mut self) {
        let mut schemas = Vec::new();
        T::schemas(&mut schemas);
        self.schemas.extend(schemas);
        self.schemas.insert(T::name().into_owned(), T::schema());
    }

    /// The schemas with each that is made of others written out: a reader of one type need not put it together.
    pub fn written_out(schemas: &BTreeMap<String, RefOr<Schema>>) -> BTreeMap<String, RefOr<Schema>> {
        let whole = |schema: &RefOr<Schema>| match schema {
            RefOr::T(Schema::AllOf(parts)) => RefOr::T(Schema::Object(whole(schemas, parts))),
            other => other.clone(),
        };
        schemas.iter().map(|(name, schema)| (name.clone(), whole(schema))).collect()
    }
}

/// The fields of all parts in one type.
fn whole(schemas: &BTreeMap<String, RefOr<Schema>>, parts: &AllOf) -> Object {
    let mut whole = ObjectBuilder::new().schema_type(Type::Object).description(parts.description.clone()).build();
    for part in &parts.items {
        let part = match part {
            RefOr::Ref(named) => named.ref_location.rsplit('/').next().and_then(|name| schemas.get(name)),
            part => Some(part),
        };
        if let Some(RefOr::T(Schema::Object(part))) = part {
            whole.properties.extend(part.properties.clone());
            whole.required.extend(part.required.clone());
        }
    }
    whole
}

fn success(shape: Object) -> Response {
    let content = ContentBuilder::new().schema(Some(shape)).build();
    ResponseBuilder::new().description("What was found").content("application/json", content).build()
}

/// The names in a path: `id` of `/s/{id}.json`.
fn in_path(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|rest| rest.split('}').next())
}

fn operation(method: &str, path: &str, about: &str, success: Response) -> OperationBuilder {
    let words = path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let id: Vec<&str> = std::iter::once(method).chain(words).collect();
    OperationBuilder::new().operation_id(Some(id.join("_"))).summary(Some(about)).response("200", success)
}

fn refused(operation: OperationBuilder, status: &str) -> OperationBuilder {
    operation.response(status, Ref::from_response_name(status_name(status)))
}

/// The statuses of errors, with what they mean here.
const REFUSALS: [(&str, &str, &str); 9] = [
    ("400", "Asked", "Asked wrongly: a parameter or field that is none, or has a value that it cannot have"),
    ("401", "Unauthorized", "A token is needed"),
    ("403", "Forbidden", "The token may not do this, or a page of another site asks"),
    ("404", "NotFound", "Nothing is there"),
    ("410", "Withdrawn", "A person took it out; the error says who, when and why"),
    ("413", "TooLarge", "More was sent than is taken"),
    ("415", "Media", "What was sent is of a kind that is not taken"),
    ("429", "TooMany", "Asked too often; `Retry-After` says in how many seconds to ask again"),
    ("503", "Busy", "The server is busy, or the question takes too long"),
];

fn status_name(status: &str) -> &'static str {
    REFUSALS.iter().find(|(known, _, _)| *known == status).map_or("Asked", |(_, name, _)| name)
}

/// What addresses refer to.
pub fn shared(components: ComponentsBuilder) -> ComponentsBuilder {
    let error = || ContentBuilder::new().schema(Some(Ref::from_schema_name(Written::name()))).build();
    let components = REFUSALS.iter().fold(components, |components, (_, name, about)| {
        components
            .response(*name, ResponseBuilder::new().description(*about).content("application/json", error()).build())
    });
    let scheme =
        |scheme, about: &str| SecurityScheme::Http(HttpBuilder::new().scheme(scheme).description(Some(about)).build());
    components
        .schema(Written::name(), Written::schema())
        .security_scheme("token", scheme(HttpAuthScheme::Bearer, "A token of `onrecord token create`"))
        .security_scheme(
            "password",
            scheme(HttpAuthScheme::Basic, "The token as the password, beside any name: for browsers"),
        )
}

/// A token in either way, or none where the server needs none.
pub fn security() -> [SecurityRequirement; 3] {
    let none: [&str; 0] = [];
    [
        SecurityRequirement::default(),
        SecurityRequirement::new("token", none),
        SecurityRequirement::new("password", none),
    ]
}

fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}
