/**
 * The schema registry, over Confluent's REST API: schemas by id and ids by schema, cached. Errors
 * tell a registry that is away (try again) from one that says no.
 */
@NullMarked
package dev.offpeak.schemas.registry;

import org.jspecify.annotations.NullMarked;
